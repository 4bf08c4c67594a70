-- TODO(learn): each customer's order with the biggest total; all of them where several are equally big
SELECT customer_id, id AS order_id, total FROM orders;
