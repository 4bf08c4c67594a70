SELECT city FROM customers GROUP BY city HAVING city IS NOT NULL ORDER BY city;
