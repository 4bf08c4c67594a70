SELECT city, COUNT(*) AS customers FROM customers WHERE city IS NOT NULL GROUP BY city;
