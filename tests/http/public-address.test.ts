import { expect, test } from "vitest";
import { isPublic } from "#http/public-address.ts";

test.each([
  "127.0.0.1",
  "127.1.2.3",
  "0.0.0.0",
  "10.1.2.3",
  "100.100.100.200",
  "169.254.169.254",
  "168.63.129.16",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:169.254.169.254",
  "::ffff:8.8.8.8",
  "64:ff9b::a9fe:a9fe",
  "fe80::1",
  "fe80::1%eth0",
  "fd00:ec2::254",
  "2001::1",
  "2001:db8::1",
  "2002:a9fe:a9fe::1",
  "ff02::1",
  "2130706433",
  "not-an-address",
])("%s is none of the public internet", (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "168.63.129.17", "2600:1f18::1", "2a00:1450::1"])(
  "%s is public",
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);
