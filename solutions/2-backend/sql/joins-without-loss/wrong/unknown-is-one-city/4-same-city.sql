SELECT a.id AS first_id, b.id AS second_id
FROM customers AS a JOIN customers AS b ON coalesce(a.city, '') = coalesce(b.city, '') AND a.id < b.id;
