-- The row without a city has to be asked for on its own.
SELECT id, name FROM customers WHERE city <> 'Rome' OR city IS NULL;
