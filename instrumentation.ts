/** Next calls this once before it serves: metrics on their own port, and streams that end when the process is told to stop. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startWebProcess } = await import('./server/web-process')
  await startWebProcess()
}
