-- Conditions on rows: IS NULL is the one question about NULL that is answered with true or false.
SELECT id, name FROM customers WHERE email IS NULL;
