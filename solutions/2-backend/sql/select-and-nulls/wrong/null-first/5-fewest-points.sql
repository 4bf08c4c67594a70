SELECT id, name, points FROM customers ORDER BY points, name LIMIT 3;
