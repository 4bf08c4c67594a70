import unittest

import shop


class Total(unittest.TestCase):
    def test_of_nothing(self):
        self.assertEqual(shop.total([]), 0)

    def test_of_two(self):
        self.assertEqual(shop.total([250, 90]), 340)
