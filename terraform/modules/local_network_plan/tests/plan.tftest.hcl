variables {
  name = "shop"
}

run "name_alone_plans_two_zones" {
  command = apply

  assert {
    condition = output.subnets == {
      a = { public = "10.0.0.0/20", private = "10.0.16.0/20" }
      b = { public = "10.0.32.0/20", private = "10.0.48.0/20" }
    }
    error_message = "Zones take their blocks in pairs from the start of the range."
  }

  assert {
    condition     = length(output.free) == 12 && output.free[0] == "10.0.64.0/20"
    error_message = "The blocks after them are free."
  }
}

run "third_zone_moves_no_subnet" {
  command = apply

  variables {
    zones = 3
  }

  assert {
    condition     = output.subnets.a == run.name_alone_plans_two_zones.subnets.a && output.subnets.b == run.name_alone_plans_two_zones.subnets.b
    error_message = "The first two zones keep their ranges."
  }

  assert {
    condition     = output.subnets.c == { public = "10.0.64.0/20", private = "10.0.80.0/20" }
    error_message = "The third zone takes the next pair."
  }
}

run "reserved_parts_are_stepped_over" {
  command = apply

  variables {
    zones   = 1
    newbits = 3
    # One part smaller than a block, one that covers two of them.
    reserve = ["10.0.5.0/24", "10.0.64.0/18"]
  }

  assert {
    condition     = output.subnets == { a = { public = "10.0.32.0/19", private = "10.0.128.0/19" } }
    error_message = "A block that a reserved part touches is not used."
  }

  assert {
    condition     = tolist(output.free) == tolist(["10.0.160.0/19", "10.0.192.0/19", "10.0.224.0/19"])
    error_message = "A block that a reserved part touches is not free either."
  }
}

run "range_can_be_used_up" {
  command = apply

  variables {
    cidr    = "192.168.10.0/24"
    zones   = 4
    newbits = 3
  }

  assert {
    condition     = output.subnets.d == { public = "192.168.10.192/27", private = "192.168.10.224/27" } && length(output.free) == 0
    error_message = "Four zones fill eight blocks."
  }
}
