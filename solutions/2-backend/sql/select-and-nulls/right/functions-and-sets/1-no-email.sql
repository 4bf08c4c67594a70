-- Sets: all customers, without those who have an email. EXCEPT also leaves out repeated rows.
SELECT id, name FROM customers
EXCEPT
SELECT id, name FROM customers WHERE email IS NOT NULL;
