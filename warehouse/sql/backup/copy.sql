-- Tables, views, rows and comments; a database's name cannot be bound and is filled in.
COPY FROM DATABASE loaded TO "{database}";
