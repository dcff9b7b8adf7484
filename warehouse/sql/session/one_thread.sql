-- A small warehouse: a second thread would only wait for the first.
SET threads = 1;
