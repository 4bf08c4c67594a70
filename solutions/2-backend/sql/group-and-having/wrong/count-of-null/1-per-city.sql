SELECT city, COUNT(city) AS customers FROM customers GROUP BY city;
