using Mesh.Host.Admin;
using Mesh.Host.Journal;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>The accounts on the admin listener, behind its rules. Writing needs a JSON body, which no page of another origin can send unasked.</summary>
public sealed class CustomerAdminPages(CustomerBook book) : IAdminPages
{
    public const string Path = "/api/sorry/customers";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, () => TypedResults.Json(View(), AdminListener.Json));
        routes.MapPost(Path, Do);
    }

    private IReadOnlyList<CustomerView> View() => [.. book.Board.All.Select(static a => new CustomerView(a.Name, a.Hosts, a.Token.Length > 0))];

    private async Task<IResult> Do(CustomerRequest request, CancellationToken cancelled)
    {
        string password = request.Password ?? CustomerPasswords.Random();
        try
        {
            string? fault = request.Act switch
            {
                CustomerAct.Add => await book.AddAsync(request.Name, request.Hosts, password, request.Who, request.Why, cancelled),
                CustomerAct.Remove => await book.RemoveAsync(request.Name, request.Who, request.Why, cancelled),
                CustomerAct.Password => await book.PasswordAsync(request.Name, password, request.Who, request.Why, cancelled),
                _ => await book.HostsAsync(request.Name, request.Hosts, request.Who, request.Why, cancelled),
            };
            if (fault is not null) return TypedResults.Text(fault + "\n", statusCode: 400);
            bool isMadeUp = request.Password is null && (request.Act is CustomerAct.Add or CustomerAct.Password);
            return TypedResults.Json(new CustomerDone(View(), isMadeUp ? password : null), AdminListener.Json);
        }
        catch (JournalException e) { return TypedResults.Text(e.Message + "\n", statusCode: 503); }
    }
}

/// <summary>What an operator may do to an account.</summary>
public enum CustomerAct
{
    Add,
    Remove,
    Password,
    Hosts,
}

/// <summary>What an operator asks, as it is posted.</summary>
/// <param name="Password">Null: one is made up, and told.</param>
public sealed record CustomerRequest(CustomerAct Act, string Name, string Who, string Why = "", string? Password = null)
{
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

/// <summary>An account, as operators see it.</summary>
public sealed record CustomerView(string Name, IReadOnlyList<string> Hosts, bool HasToken);

/// <param name="Password">The one that was made up; told once.</param>
public sealed record CustomerDone(IReadOnlyList<CustomerView> Customers, string? Password);
