-- <> '' is not true for NULL, so one comparison leaves out both.
SELECT id, name FROM customers WHERE city IN ('Oslo', 'Rome') AND email <> '';
