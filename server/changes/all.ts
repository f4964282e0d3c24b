import type { AnyChange } from '@/server/change'

/** Everything that callers change through the API: the table of contents of server/changes, for OpenAPI and tests. */
export const changes: readonly AnyChange[] = []
