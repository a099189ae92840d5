"""The way of a procedure edited on the screen: states, steps with their effects, opening again."""
