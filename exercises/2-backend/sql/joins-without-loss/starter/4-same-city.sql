-- TODO(learn): pairs of different customers who live in one city, each pair once
SELECT id AS first_id, id AS second_id FROM customers;
