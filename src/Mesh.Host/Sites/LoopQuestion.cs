using Mesh.Host.Admin;
using Mesh.Io;

namespace Mesh.Host.Sites;

/// <summary>A question from outside, answered on a loop.</summary>
public static class LoopQuestion
{
    /// <exception cref="SiteBusyException">The loop's inbox is full.</exception>
    public static async Task<T> AskAsync<T>(Loop loop, Func<T> question, CancellationToken cancelled)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool posted = loop.TryPost(_ =>
        {
            try { answer.SetResult(question()); }
            catch (Exception e) { answer.SetException(e); }
        });
        if (!posted) throw new SiteBusyException();
        return await answer.Task.WaitAsync(cancelled);
    }
}
