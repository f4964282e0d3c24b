import { hashKey, QueryClient } from '@tanstack/react-query'
import { ApiError, frozenInAddress } from './api'

const maxRetries = 3

/** What would be answered the same again. */
const isSettled = (error: Error): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.retryAfterMs === null

/** One for each tab. What the viewer asked wrongly is not asked again; what failed is, three times, when the server says. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 120_000,
        refetchOnWindowFocus: false,
        // The same question on a frozen page has another answer.
        queryKeyHashFn: (key) => `${frozenInAddress() ?? ''}${hashKey(key)}`,
        retry: (count, error) => count < maxRetries && !isSettled(error),
        retryDelay: (count, error) =>
          (error instanceof ApiError ? error.retryAfterMs : null) ?? Math.min(1_000 * 2 ** count, 30_000),
      },
    },
  })
