import type { Bridge } from '../../shared/bridge.ts'

/** The channel on which preload asks and main answers for one function of the bridge. */
export const channelOf = (name: keyof Bridge): string => `bridge:${name}`
