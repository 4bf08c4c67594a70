-- TODO(learn): each known city once, A to Z
SELECT city FROM customers;
