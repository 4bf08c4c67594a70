cp beside/* .
