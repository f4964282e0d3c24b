import { inTransaction, type Pool } from './pool'

/** Drops a partition whole. It waits for readers at most two seconds, so that a long read never holds up the writers behind it; false then. */
export const dropPartition = (pool: Pool, name: string): Promise<boolean> =>
  inTransaction(pool, async (connection) => {
    await connection.query(`set local lock_timeout = '2s'`)
    await connection.query(`drop table if exists ${name}`)
    return true
  }).catch((error: unknown) => {
    if (error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === '55P03')
      return false
    throw error
  })
