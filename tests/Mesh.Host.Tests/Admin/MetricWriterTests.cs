using Mesh.Host.Admin;

namespace Mesh.Host.Tests.Admin;

public class MetricWriterTests
{
    [Fact]
    public void A_name_is_told_once_with_all_its_samples_together()
    {
        var writer = new MetricWriter();
        writer.Counter("mesh_legs_total", "Legs made.", 3, ("kind", "phone"));
        writer.Gauge("mesh_calls", "Calls.", 1.5);
        writer.Counter("mesh_legs_total", "Legs made.", 4, ("kind", "site"), ("to", "office"));
        Assert.Equal(
            "# HELP mesh_legs_total Legs made.\n# TYPE mesh_legs_total counter\nmesh_legs_total{kind=\"phone\"} 3\nmesh_legs_total{kind=\"site\",to=\"office\"} 4\n" +
            "# HELP mesh_calls Calls.\n# TYPE mesh_calls gauge\nmesh_calls 1.5\n", writer.ToString());
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        var writer = new MetricWriter();
        writer.Gauge("m", "a\\b\nc", double.PositiveInfinity, ("l", "quote \" slash \\ line \n"));
        Assert.Equal("# HELP m a\\\\b\\nc\n# TYPE m gauge\nm{l=\"quote \\\" slash \\\\ line \\n\"} +Inf\n", writer.ToString());
    }

    [Fact]
    public void A_histogram_adds_its_buckets_up()
    {
        var writer = new MetricWriter();
        writer.Histogram("t_seconds", "Time.", [0.1, 0.5], [2, 3, 1], 1.75, ("site", "lo"));
        Assert.Equal(
            "# HELP t_seconds Time.\n# TYPE t_seconds histogram\nt_seconds_bucket{site=\"lo\",le=\"0.1\"} 2\nt_seconds_bucket{site=\"lo\",le=\"0.5\"} 5\n" +
            "t_seconds_bucket{site=\"lo\",le=\"+Inf\"} 6\nt_seconds_sum{site=\"lo\"} 1.75\nt_seconds_count{site=\"lo\"} 6\n", writer.ToString());
    }

    [Fact]
    public void The_process_counts_itself()
    {
        var writer = new MetricWriter();
        new ProcessMetrics().Write(writer);
        foreach (var line in writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"\\})? [0-9.E+-]+)$", line);
    }
}
