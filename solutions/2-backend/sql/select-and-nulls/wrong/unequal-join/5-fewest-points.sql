SELECT id, name, points FROM customers WHERE points IS NOT NULL ORDER BY points, name LIMIT 3;
