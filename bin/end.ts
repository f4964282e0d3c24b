import { AppError, toError } from '@/server/errors'

/** What went wrong, for people: a sentence where it was foreseen, else with its stack. */
export function sayError(thrown: unknown): void {
  const error = toError(thrown)
  console.error(error instanceof AppError ? error.message : (error.stack ?? error.message))
}

/** Ends the process with its work, also with one that failed: the migration engine's lock timer would keep it for ten seconds more. */
export async function endWith(work: Promise<void>, exit: (code: number) => void = process.exit): Promise<void> {
  let code = 0
  try {
    await work
  } catch (thrown) {
    sayError(thrown)
    code = 1
  }
  exit(code)
}
