"""The screens of a trained clerk: procedures, versions, trying, publishing."""
