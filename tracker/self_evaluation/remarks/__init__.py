"""What colleagues say of a statement: comments, and changes that they suggest, each settled by itself."""
