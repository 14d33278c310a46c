import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * True for an address of the public internet: no loopback, private, link-local or metadata address,
 * and none that carries another address inside. After the special-purpose registries of IANA.
 */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) {
    return !NOT_PUBLIC_4.check(address, "ipv4");
  }
  return isIPv6(address) && GLOBAL_6.check(address, "ipv6") && !NOT_PUBLIC_6.check(address, "ipv6");
}

const NOT_PUBLIC_4 = listOf("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  // Azure's own metadata and DNS stand at a public address.
  ["168.63.129.16", 32],
]);

// Everything else is loopback, unique local, link-local, multicast, NAT64 or an IPv4 address.
const GLOBAL_6 = listOf("ipv6", [["2000::", 3]]);

const NOT_PUBLIC_6 = listOf("ipv6", [
  // Teredo and others of the IETF, documentation, 6to4, SRv6.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

function listOf(family: "ipv4" | "ipv6", nets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  nets.forEach(([net, prefix]) => list.addSubnet(net, prefix, family));
  return list;
}
