import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client'

const clients = new Map<string, PrismaClient>()

/** Prisma for configuration (recordings, settings); one client per database and process. Telemetry never goes through it. */
export function prismaClient(url: string): PrismaClient {
  const known = clients.get(url)
  if (known) return known
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) })
  clients.set(url, client)
  return client
}

/** Closes the client of a database, where there is one. */
export async function closePrismaClient(url: string): Promise<void> {
  const client = clients.get(url)
  clients.delete(url)
  await client?.$disconnect()
}
