import { defineConfig } from 'prisma/config'

/** For `prisma generate` alone; migrations are applied by server/db/migrate.ts. */
export default defineConfig({ schema: 'prisma/schema.prisma' })
