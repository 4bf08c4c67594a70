-- TODO(learn): only those not in Rome; those whose city is unknown belong here
SELECT id, name FROM customers;
