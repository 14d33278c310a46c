mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names = ["us-west-1a", "us-west-1b"]
    }
  }
}

run "refuses_more_zones_than_the_region_has" {
  command = plan

  variables {
    name     = "shop-stg"
    az_count = 3
  }

  expect_failures = [aws_vpc.this]
}
