/** Around every test: test files share a process, and what one leaves behind is not what the next one meets. */
import { afterAll, afterEach, vi } from 'vitest'
import { removeTemporary } from './store/temporary-project.ts'

afterEach(removeTemporary)

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
