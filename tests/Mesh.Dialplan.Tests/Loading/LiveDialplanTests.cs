using Mesh.Dialplan.Loading;
using Mesh.Dialplan.Tests.Language;

namespace Mesh.Dialplan.Tests.Loading;

public class LiveDialplanTests
{
    private const string Good = "Extension(\"1\", call => call.Play(\"welcome\"));";
    private const string Bad = "Extension(\"1\", call => call.Play(\"wellcome\"));";

    [Fact]
    public async Task ABadEditChangesNothing()
    {
        using var bundle = new PlanFolder(Good);
        var live = bundle.Live();
        var told = new List<string>();
        live.Replaced += model => told.Add($"replaced {model.Hash}");
        live.Refused += errors => told.Add($"refused {errors[0]}");
        Assert.Null(live.Enter());

        var first = live.Reload().Model!;
        bundle.Write(Bad);
        Assert.False(live.Reload().IsLoaded);
        Assert.Same(first, live.Current);
        Assert.Equal("dialplan/main.csx:1:34: There is no sound 'wellcome'. Did you mean welcome?", Assert.Single(live.Errors).ToString());
        Assert.Equal(["Play welcome"], (await live.Current!.Call("1")).Log);

        bundle.Write("Extension(\"1\", call => call.Play(\"closed\"));");
        var second = live.Reload().Model!;
        Assert.Same(second, live.Current);
        Assert.Empty(live.Errors);
        Assert.NotEqual(first.Hash, second.Hash);
        Assert.Equal(["Play welcome"], (await first.Call("1")).Log);   // a call keeps the plan it began with
        Assert.Equal(["Play closed"], (await second.Call("1")).Log);
        Assert.Equal([$"replaced {first.Hash}", "refused dialplan/main.csx:1:34: There is no sound 'wellcome'. Did you mean welcome?", $"replaced {second.Hash}"], told);
    }

    [Fact]
    public void OnlyWhatChangedIsTried()
    {
        using var bundle = new PlanFolder(Bad);
        var live = bundle.Live();
        Assert.False(live.ReloadIfChanged()!.IsLoaded);
        Assert.Null(live.ReloadIfChanged());
        bundle.Write(Good);
        Assert.True(live.ReloadIfChanged()!.IsLoaded);
        Assert.Null(live.ReloadIfChanged());
        Assert.True(live.Reload().IsLoaded);   // asked for by a person, or because the names have changed
    }

    [Fact]
    public void FilesAreOneScopeInTheOrderOfTheirNames()
    {
        using var bundle = new PlanFolder("Extension(\"9\", call => Greet(call, desk));");
        bundle.Write("var desk = \"welcome\";\nTask Greet(Call call, string sound) => call.Play(sound);", "10-names.csx");
        bundle.Write("not C# at all", ".#main.csx");
        bundle.Write("nor this", "readme.txt");
        var live = bundle.Live();
        Assert.True(live.Reload().IsLoaded, string.Join('\n', live.Errors));
        bundle.Write("Extension(\"8\", call => call.Answer());\nExtension(\"8\", call => call.Answer());", "20-more.csx");
        live.Reload();
        Assert.Equal("dialplan/20-more.csx", Assert.Single(live.Errors).File);
        bundle.Delete("20-more.csx");
        Assert.True(live.Reload().IsLoaded);
    }

    [Fact]
    public void WhatCannotBeReadIsRefused()
    {
        using var bundle = new PlanFolder(Good);
        var live = bundle.Live();
        Assert.True(live.Reload().IsLoaded);
        File.WriteAllBytes(Path.Combine(bundle.Path, "b.csx"), [0x2f, 0x2f, 0xff, 0xfe]);
        live.Reload();
        Assert.Equal("dialplan/b.csx: The file is not UTF-8 text", Assert.Single(live.Errors).ToString());
        Directory.Delete(bundle.Path, recursive: true);
        live.Reload();
        Assert.Contains("cannot be read", Assert.Single(live.Errors).Message, StringComparison.Ordinal);
        Assert.NotNull(live.Current);
        Directory.CreateDirectory(bundle.Path);
        live.Reload();
        Assert.Contains("There is no .csx file", Assert.Single(live.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASavedFileIsLoadedOnceItHasSettled()
    {
        using var bundle = new PlanFolder(Good);
        var live = bundle.Live();
        live.Reload();
        var replaced = new TaskCompletionSource<DialplanModel>(TaskCreationOptions.RunContinuationsAsynchronously);
        live.Replaced += replaced.SetResult;
        using var watch = new DialplanWatch(live, TimeProvider.System, TimeSpan.FromMilliseconds(50));
        bundle.Write("Extension(\"1\", call => call.Play(\"closed\"));");
        var model = await replaced.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["Play closed"], (await model.Call("1")).Log);
    }

    [Fact]
    public void TheWatchWaitsForTheHandedInTime()
    {
        using var bundle = new PlanFolder(Good);
        var live = bundle.Live();
        var time = new StillTime();
        using (var watch = new DialplanWatch(live, time))
        {
            watch.Touch();
            watch.Touch();
            Assert.Null(live.Current);
            time.Pass();
            Assert.NotNull(live.Current);
        }
        Assert.True(time.IsDisposed);
    }

    /// <summary>A clock with one timer, which passes when the test says so.</summary>
    private sealed class StillTime : TimeProvider, ITimer
    {
        private Action? callback;
        private bool armed;

        public bool IsDisposed { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.callback = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => armed = dueTime > TimeSpan.Zero;

        public void Pass()
        {
            Assert.True(armed);
            callback!();
        }

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
