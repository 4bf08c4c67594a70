-- TODO(learn): only those in Oslo or Rome who have an email that is not empty
SELECT id, name FROM customers;
