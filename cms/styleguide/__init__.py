"""The living component page `/styleguide/`: components and blocks in their states, drawn by themselves."""
