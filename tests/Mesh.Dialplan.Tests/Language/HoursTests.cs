using System.Globalization;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Tests.Language;

public class HoursTests
{
    private static readonly Hours London = Hours.None(TimeZoneInfo.Utc).In("Europe/London");

    [Theory]
    [InlineData("2026-06-01T08:00Z", true)]    // Monday 09:00 BST
    [InlineData("2026-06-01T07:59Z", false)]
    [InlineData("2026-06-01T16:29Z", true)]
    [InlineData("2026-06-01T16:30Z", false)]   // 17:30 BST: the end is not in
    [InlineData("2026-01-05T08:30Z", false)]   // Monday 08:30 GMT
    [InlineData("2026-01-05T09:00Z", true)]
    [InlineData("2026-06-06T10:00Z", false)]   // Saturday
    public void Weekdays(string moment, bool open) => Assert.Equal(open, London.Weekdays("09:00-17:30").Contains(At(moment)));

    [Theory]
    [InlineData("2026-03-29T00:30Z", true)]    // 00:30 GMT, the night the clocks go forward
    [InlineData("2026-03-29T01:30Z", false)]   // 02:30 BST: an hour later on the clock than the sun says
    [InlineData("2026-10-25T00:30Z", true)]    // 01:30 BST
    [InlineData("2026-10-25T01:30Z", true)]    // 01:30 GMT, the second time round
    [InlineData("2026-10-25T02:30Z", false)]   // 02:30 GMT
    public void ClockChanges(string moment, bool open) => Assert.Equal(open, London.Daily("00:00-02:00").Contains(At(moment)));

    [Theory]
    [InlineData("2026-01-09T23:00Z", true)]    // Friday night
    [InlineData("2026-01-10T05:59Z", true)]    // its morning is Saturday's
    [InlineData("2026-01-10T06:00Z", false)]
    [InlineData("2026-01-10T23:00Z", false)]   // Saturday night
    [InlineData("2026-01-09T05:00Z", false)]   // Thursday's night was closed
    public void OverMidnight(string moment, bool open) => Assert.Equal(open, London.On(DayOfWeek.Friday, "22:00-06:00").Contains(At(moment)));

    [Theory]
    [InlineData("2026-12-25T10:00Z", false)]
    [InlineData("2027-12-25T10:00Z", false)]
    [InlineData("2026-12-28T10:00Z", false)]
    [InlineData("2027-12-28T10:00Z", true)]
    [InlineData("2027-01-01T10:00Z", false)]
    [InlineData("2027-01-02T10:00Z", true)]
    [InlineData("2026-05-04T10:00Z", false)]
    public void Holidays(string moment, bool open) =>
        Assert.Equal(open, London.Daily("09:00-17:30").Except("12-25", "2026-12-27..2027-01-01", "2026-05-04").Contains(At(moment)));

    [Fact]
    public void ARangeOverMidnightIntoAHolidayBelongsToTheDayItBegan()
    {
        var night = London.Daily("22:00-06:00").Except("12-25");
        Assert.True(night.Contains(At("2026-12-25T05:00Z")));
        Assert.False(night.Contains(At("2026-12-25T23:00Z")));
        Assert.False(night.Contains(At("2026-12-26T05:00Z")));
    }

    [Fact]
    public void RangesAddUp()
    {
        var hours = London.Weekdays("9-12", "13:00-17:30").On([DayOfWeek.Saturday], "10-13").Weekends("20:00-24:00");
        string[] open = ["2026-01-05T09:00Z", "2026-01-05T13:00Z", "2026-01-10T10:00Z", "2026-01-11T23:59Z"];
        string[] closed = ["2026-01-05T12:00Z", "2026-01-11T10:00Z", "2026-01-12T00:00Z"];
        Assert.All(open, moment => Assert.True(hours.Contains(At(moment))));
        Assert.All(closed, moment => Assert.False(hours.Contains(At(moment))));
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-06-01T03:15Z", true)]   // 09:00 at +05:45
    [InlineData("Asia/Kathmandu", "2026-06-01T03:14Z", false)]
    [InlineData("America/New_York", "2026-06-01T13:00Z", true)]
    [InlineData("America/New_York", "2026-06-01T12:59Z", false)]
    public void OtherZones(string zone, string moment, bool open) => Assert.Equal(open, London.Weekdays("09:00-17:30").In(zone).Contains(At(moment)));

    [Theory]
    [InlineData("17:30-17:30")]
    [InlineData("25:00-26:00")]
    [InlineData("09:60-10:00")]
    [InlineData("24:00-25:00")]
    [InlineData("24:30-02:00")]
    [InlineData("0900-1730")]
    [InlineData("09:00")]
    [InlineData("09:00-12:00,13:00-17:00")]
    public void NoRange(string range) => Assert.Throws<DialplanException>(() => London.Daily(range));

    [Theory]
    [InlineData("25-12")]
    [InlineData("2026-13-01")]
    [InlineData("2027-01-02..2027-01-01")]
    [InlineData("Christmas")]
    public void NoDay(string day) => Assert.Throws<DialplanException>(() => London.Except(day));

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
