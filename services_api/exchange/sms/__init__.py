"""Short messages to mobile phones: a gateway as a connector, its sandbox twin, and the few things that are told so."""
