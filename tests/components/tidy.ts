/** Around every test of components: one page at a time, and nothing of the last one. */
import { afterEach } from 'vitest'
import { closePage } from './page.tsx'

afterEach(closePage)
