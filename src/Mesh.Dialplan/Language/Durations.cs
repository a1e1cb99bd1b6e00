namespace Mesh.Dialplan.Language;

/// <summary>Spans of time as a plan writes them: <c>25.Seconds</c>, <c>1.5.Minutes</c>.</summary>
public static class Durations
{
    extension(int count)
    {
        public TimeSpan Seconds => TimeSpan.FromSeconds((long)count);

        public TimeSpan Minutes => TimeSpan.FromMinutes((long)count);

        public TimeSpan Hours => TimeSpan.FromHours(count);
    }

    extension(double count)
    {
        public TimeSpan Seconds => TimeSpan.FromSeconds(count);

        public TimeSpan Minutes => TimeSpan.FromMinutes(count);
    }
}
