import asyncio
import io
import unittest
from unittest import mock


class Test(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        await asyncio.sleep(0.01)
        print("set up")

    async def test_mock(self):
        fetch = mock.AsyncMock(return_value=5, side_effect=None)
        self.assertEqual(await fetch("x"), 5)
        fetch.assert_awaited_once_with("x")

    async def test_timeout(self):
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(5), 0.05)

    @unittest.expectedFailure
    async def test_wrong(self):
        self.assertEqual(1, 2)

    async def asyncTearDown(self):
        print("tear down")


result = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Test))
print(result.testsRun, len(result.failures), len(result.expectedFailures), result.wasSuccessful())
