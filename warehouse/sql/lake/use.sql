-- So that the statements of a file of its own mean the lake here.
USE warehouse;
