locals {
  size   = tonumber(split("/", var.cidr)[1])
  blocks = [for index in range(pow(2, var.newbits)) : cidrsubnet(var.cidr, var.newbits, index)]

  # Two ranges overlap when, cut to the size of the larger one, they are the same.
  open = [
    for block in local.blocks : block if !anytrue([
      for part in var.reserve :
      cidrsubnet("${split("/", block)[0]}/${min(local.size + var.newbits, tonumber(split("/", part)[1]))}", 0, 0)
      == cidrsubnet("${split("/", part)[0]}/${min(local.size + var.newbits, tonumber(split("/", part)[1]))}", 0, 0)
    ])
  ]

  # Public and private blocks alternate, so a zone that is added later moves no subnet. Where blocks
  # are missing, the precondition below says so.
  subnets = {
    for index in range(var.zones) : substr("abcdef", index, 1) => {
      public  = try(local.open[2 * index], null)
      private = try(local.open[2 * index + 1], null)
    }
  }
}

resource "terraform_data" "plan" {
  input = {
    name    = var.name
    cidr    = var.cidr
    subnets = local.subnets
    free    = slice(local.open, min(2 * var.zones, length(local.open)), length(local.open))
  }

  lifecycle {
    precondition {
      condition     = length(local.open) >= 2 * var.zones
      error_message = "${var.zones} zones need ${2 * var.zones} blocks, but newbits = ${var.newbits} cuts ${var.cidr} into ${length(local.blocks)}, of which ${length(local.open)} are not reserved. Raise newbits, or ask for fewer zones."
    }
  }
}
