"""What officers are told in the workplace itself, and how else each of them wants to be told."""
