# One test for each sentence of the contract: longer, but the name of a red test says what broke.
import unittest

import duration


class ParseDuration(unittest.TestCase):
    def test_each_unit_has_its_worth(self):
        self.assertEqual(duration.parse_duration("1h"), 3600)
        self.assertEqual(duration.parse_duration("1m"), 60)
        self.assertEqual(duration.parse_duration("1s"), 1)

    def test_parts_add_up(self):
        self.assertEqual(duration.parse_duration("1h2m3s"), 3723)

    def test_numbers_may_be_larger_than_on_a_clock(self):
        self.assertEqual(duration.parse_duration("61m"), 3660)

    def test_zero_is_a_duration(self):
        self.assertEqual(duration.parse_duration("0m"), 0)

    def test_at_least_one_part(self):
        self.assertRaises(ValueError, duration.parse_duration, "")

    def test_each_number_has_a_unit(self):
        self.assertRaises(ValueError, duration.parse_duration, "15")

    def test_units_come_in_their_order(self):
        self.assertRaises(ValueError, duration.parse_duration, "3s2m")

    def test_nothing_follows(self):
        self.assertRaises(ValueError, duration.parse_duration, "2m later")
