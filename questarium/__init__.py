"""What people touch: the command line, the questions asked of the dataset, the local stand-in of the sources."""
