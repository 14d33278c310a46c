mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c", "ap-northeast-2d"]
    }
  }
}

variables {
  name = "shop-stg"
}

run "name_alone_gives_two_zones_without_cost" {
  command = plan

  assert {
    condition     = aws_vpc.this.cidr_block == "10.0.0.0/16" && aws_vpc.this.enable_dns_hostnames && aws_vpc.this.enable_dns_support
    error_message = "The default network is 10.0.0.0/16 with names for its hosts."
  }

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { ap-northeast-2a = "10.0.0.0/19", ap-northeast-2b = "10.0.32.0/19" }
    error_message = "Private subnets take the first eighths."
  }

  assert {
    condition     = { for zone, subnet in aws_subnet.public : zone => subnet.cidr_block } == { ap-northeast-2a = "10.0.128.0/19", ap-northeast-2b = "10.0.160.0/19" }
    error_message = "Public subnets take the fifth eighth and on."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_eip.nat) == 0 && length(aws_route.nat) == 0 && length(aws_flow_log.this) == 0
    error_message = "Nothing that costs money is made unasked."
  }
}

run "the_zone_that_eks_refuses_is_left_out" {
  command = plan

  assert {
    condition     = data.aws_availability_zones.open.exclude_zone_ids == toset(["use1-az3"])
    error_message = "A cluster could not be put into these subnets."
  }
}

run "nothing_is_open_by_default" {
  command = plan

  assert {
    condition     = length(aws_default_security_group.closed.ingress) == 0 && length(aws_default_security_group.closed.egress) == 0
    error_message = "The default security group has no rules."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch == false]) && alltrue([for subnet in aws_subnet.private : subnet.map_public_ip_on_launch == false])
    error_message = "No subnet hands out public addresses."
  }
}

run "third_zone_moves_no_subnet" {
  command = plan

  variables {
    az_count = 3
  }

  assert {
    condition     = aws_subnet.private["ap-northeast-2a"].cidr_block == "10.0.0.0/19" && aws_subnet.public["ap-northeast-2b"].cidr_block == "10.0.160.0/19" && aws_subnet.public["ap-northeast-2c"].cidr_block == "10.0.192.0/19"
    error_message = "The first two zones keep their ranges."
  }
}

run "single_nat_serves_every_zone" {
  command = apply

  variables {
    nat_mode = "single"
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["ap-northeast-2a"] && length(output.nat_public_ips) == 1
    error_message = "There is one NAT gateway, in the first zone."
  }

  assert {
    condition     = length(aws_route.nat) == 2 && alltrue([for route in aws_route.nat : route.nat_gateway_id == aws_nat_gateway.this["ap-northeast-2a"].id])
    error_message = "The private route of each zone leads to it."
  }
}

run "nat_per_zone_stays_in_the_zone" {
  command = apply

  variables {
    nat_mode = "per_az"
    az_count = 3
  }

  assert {
    condition     = length(output.nat_public_ips) == 3 && alltrue([for zone, route in aws_route.nat : route.nat_gateway_id == aws_nat_gateway.this[zone].id])
    error_message = "The private route of each zone leads to its own NAT gateway."
  }

  assert {
    condition     = alltrue([for zone, nat in aws_nat_gateway.this : nat.subnet_id == aws_subnet.public[zone].id])
    error_message = "NAT gateways stand in the public subnets."
  }
}

run "flow_logs_keep_what_was_asked" {
  command = plan

  variables {
    flow_logs     = true
    flow_log_days = 90
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow[0].retention_in_days == 90 && aws_flow_log.this[0].traffic_type == "ALL"
    error_message = "All connections are kept for the days asked for."
  }
}

run "tags_reach_everything_but_the_name_stays" {
  command = plan

  variables {
    tags = { team = "payments", Name = "other" }
  }

  assert {
    condition     = aws_vpc.this.tags == tomap({ team = "payments", Name = "shop-stg" })
    error_message = "Tags are merged and the name wins."
  }
}

run "outputs_follow_the_order_of_the_zones" {
  command = apply

  assert {
    condition     = output.private_subnet_ids == [aws_subnet.private["ap-northeast-2a"].id, aws_subnet.private["ap-northeast-2b"].id]
    error_message = "Private subnets are listed by zone."
  }

  assert {
    condition     = output.public_subnet_ids == [aws_subnet.public["ap-northeast-2a"].id, aws_subnet.public["ap-northeast-2b"].id]
    error_message = "Public subnets are listed by zone."
  }

  assert {
    condition     = output.vpc_id == aws_vpc.this.id && output.nat_public_ips == []
    error_message = "The network is reported; without NAT there is no public address."
  }
}
