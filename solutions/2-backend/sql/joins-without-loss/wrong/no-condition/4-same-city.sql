SELECT a.id AS first_id, b.id AS second_id
FROM customers AS a JOIN customers AS b ON a.city = b.city AND a.id < b.id;
