import { readFile, rm, writeFile } from 'node:fs/promises'

/** Runs `work` while this process alone holds the lock file; a dead holder's lock is taken over. Waits as long as the holder lives. */
export async function withFolderLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(path))) {
    const holder = Number(await readFile(path, 'utf8').catch(() => '0'))
    if (holder > 0 && !processLives(holder)) await rm(path, { force: true })
    await new Promise((done) => setTimeout(done, 100))
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

const take = (path: string) =>
  writeFile(path, `${process.pid}\n`, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )

/** Whether a process with this id exists, whoever owns it. */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
