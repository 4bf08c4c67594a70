-- NULL is a group without being asked for.
SELECT city, COUNT(*) AS customers FROM customers GROUP BY city;
