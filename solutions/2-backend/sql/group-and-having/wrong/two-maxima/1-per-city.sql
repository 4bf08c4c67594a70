SELECT city, COUNT(*) AS customers FROM customers GROUP BY city;
