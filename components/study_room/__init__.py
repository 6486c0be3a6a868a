"""The screens of a study, outside of what is studied. They take plain data and keep nothing."""
