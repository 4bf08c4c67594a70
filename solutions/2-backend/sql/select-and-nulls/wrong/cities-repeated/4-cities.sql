SELECT city FROM customers WHERE city IS NOT NULL ORDER BY city;
